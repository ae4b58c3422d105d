using System.Device.Gpio;

namespace OmniIoT.Edge.Hardware.Gpio;

/// <summary>What a <see cref="GpioController"/> drives the simulated chip by. Edges are told on the thread that made them.</summary>
internal sealed class SimulatedGpioDriver(SimulatedGpioChip chip) : GpioDriver
{
    private readonly HashSet<int> _open = [];
    private readonly Dictionary<(int Line, PinChangeEventHandler Handler), Action<PinEventTypes>> _listeners = [];

    /// <summary>As many as a Raspberry Pi's header chip has.</summary>
    protected override int PinCount => 54;

    protected override void OpenPin(int pinNumber)
    {
        if (pinNumber < 0 || pinNumber >= PinCount)
            throw new ArgumentException("The chip has no such line", nameof(pinNumber));
        chip[pinNumber].Claim();
        _open.Add(pinNumber);
    }

    protected override void ClosePin(int pinNumber)
    {
        if (_open.Remove(pinNumber))
            chip[pinNumber].Release();
    }

    protected override void SetPinMode(int pinNumber, PinMode mode) => chip[pinNumber].Configure(mode, null);

    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue) =>
        chip[pinNumber].Configure(mode, initialValue == PinValue.High);

    protected override PinMode GetPinMode(int pinNumber) => chip[pinNumber].Mode ?? PinMode.Input;

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber) => chip[pinNumber].IsHigh;

    protected override void Write(int pinNumber, PinValue value) => chip[pinNumber].Put(value == PinValue.High);

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Edges are told by callback only.");

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        // A handler may be added once for each direction, as the library's bindings do.
        Action<PinEventTypes> listener = edge =>
        {
            if ((edge & eventTypes) != 0)
                callback(this, new PinValueChangedEventArgs(edge, pinNumber));
        };
        _listeners.TryGetValue((pinNumber, callback), out Action<PinEventTypes>? before);
        _listeners[(pinNumber, callback)] = before + listener;
        chip[pinNumber].Listen(listener);
    }

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        if (!_listeners.Remove((pinNumber, callback), out Action<PinEventTypes>? listeners))
            return;
        foreach (Delegate listener in listeners.GetInvocationList())
            chip[pinNumber].Ignore((Action<PinEventTypes>)listener);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (int line in _open)
            chip[line].Release();
        _open.Clear();
        base.Dispose(disposing);
    }
}
