namespace OmniIoT.Edge.Hardware;

/// <summary>A type of output that the settings can name.</summary>
/// <param name="Open">Makes the output without touching the hardware.</param>
internal sealed record OutputType(string Name, Func<OutputSpec, Board, IOutput> Open)
{
    /// <summary>Of a type that drives a PWM channel; null for one that drives a line.</summary>
    public int? StandardHertz { get; init; }
}
