using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Edge.Hardware;

/// <summary>
/// An output that is opened idle when it is first switched, anew after every failure, and left idle at the end. What becomes of
/// a line that nobody holds is its chip's decision: most keep the level, but only a resistor at the load makes it certain, as
/// before the agent runs and after it was killed.
/// </summary>
/// <typeparam name="TDevice">What drives it; disposing lets it go.</typeparam>
internal abstract class SwitchedOutput<TDevice>(OutputSpec spec) : IOutput
    where TDevice : class, IDisposable
{
    private TDevice? _device;

    protected OutputSpec Spec => spec;

    public bool TrySwitch(bool on, [NotNullWhen(false)] out string? failure)
    {
        failure = null;
        try
        {
            bool isIdle = _device is null;
            _device ??= OpenIdle();
            if (!isIdle || on != spec.IsOnWhenIdle)
                Switch(_device, on);
            return true;
        }
        // The library tells a missing chip, line or permission in these.
        catch (Exception failed)
            when (failed is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            failure = $"{spec.Line}: {failed.Message}";
            Close();
            return false;
        }
    }

    public void Dispose()
    {
        if (_device is not null)
            TrySwitch(spec.IsOnWhenIdle, out _);
        Close();
        GC.SuppressFinalize(this);
    }

    protected abstract TDevice Open();

    /// <summary>Brings what was just opened to its idle state.</summary>
    protected abstract void Idle(TDevice device);

    protected abstract void Switch(TDevice device, bool on);

    private TDevice OpenIdle()
    {
        TDevice device = Open();
        try
        {
            Idle(device);
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    private void Close()
    {
        _device?.Dispose();
        _device = null;
    }
}
