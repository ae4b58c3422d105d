namespace OmniIoT.Edge.Hardware;

/// <summary>A line of a GPIO chip.</summary>
public sealed record LineSpec
{
    /// <summary>
    /// For a contact: new ones bounce for 5 ms at most (Omron, B3F tactile switches, data sheet A070-E1, "bounce time"), worn
    /// ones for longer.
    /// </summary>
    public static readonly TimeSpan ContactDebounce = TimeSpan.FromMilliseconds(20);

    /// <summary><c>simulated</c>, the kernel's name as <c>gpiochip0</c>, or the chip's label as <c>pinctrl-bcm2711</c>.</summary>
    public string Chip { get; init; } = "gpiochip0";

    /// <summary>Offset of the line within its chip; on a Raspberry Pi the number behind <c>GPIO</c>.</summary>
    public required int Number { get; init; }

    /// <summary>On is a low level.</summary>
    public bool IsActiveLow { get; init; }

    /// <summary>Buttons: what holds the open line is a resistor outside; else it is the chip's own.</summary>
    public bool HasExternalResistor { get; init; }

    /// <summary>An input's level counts once it stood that long. Zero takes every edge.</summary>
    public TimeSpan Debounce { get; init; }

    /// <summary>In the words of whoever has to look at it.</summary>
    public override string ToString() => $"line {Number} of {Chip}";
}
