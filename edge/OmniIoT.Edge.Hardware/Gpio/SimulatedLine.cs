using System.Device.Gpio;

namespace OmniIoT.Edge.Hardware.Gpio;

/// <summary>A line of the simulated chip, seen from outside: what drives an input, and what an output drives.</summary>
internal sealed class SimulatedLine
{
    private readonly Lock _lock = new();
    private bool _isHigh;
    private bool _isDriven;
    private Action<PinEventTypes>? _edge;

    /// <summary>A user holds it; null is free.</summary>
    public PinMode? Mode { get; private set; }

    public bool IsHigh
    {
        get
        {
            lock (_lock)
                return _isHigh;
        }
    }

    /// <summary>Every level that an output had, oldest first.</summary>
    public List<bool> Driven { get; } = [];

    /// <summary>Whatever is wired to an input drives it, and who listens is told of the edge.</summary>
    public void Drive(bool isHigh)
    {
        _isDriven = true;
        Set(isHigh);
    }

    internal void Claim()
    {
        // As the kernel: EBUSY for the second one.
        if (Mode is not null)
            throw new IOException("Device or resource busy");
        Mode = PinMode.Input;
    }

    internal void Release() => (Mode, _edge) = (null, null);

    internal void Configure(PinMode mode, bool? isHigh)
    {
        Mode = mode;
        if (mode == PinMode.Output)
            Put(isHigh ?? false);
        // Pulled only while nobody drives it.
        else if (!_isDriven && mode != PinMode.Input)
            Set(mode == PinMode.InputPullUp);
    }

    internal void Put(bool isHigh)
    {
        lock (_lock)
            Driven.Add(isHigh);
        Set(isHigh);
    }

    internal void Listen(Action<PinEventTypes> edge) => _edge += edge;

    internal void Ignore(Action<PinEventTypes> edge) => _edge -= edge;

    private void Set(bool isHigh)
    {
        lock (_lock)
        {
            if (_isHigh == isHigh)
                return;
            _isHigh = isHigh;
        }
        _edge?.Invoke(isHigh ? PinEventTypes.Rising : PinEventTypes.Falling);
    }
}
