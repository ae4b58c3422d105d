using OmniIoT.Edge.Hardware.Buzzer;
using OmniIoT.Edge.Hardware.Led;
using OmniIoT.Edge.Hardware.Pwm;
using OmniIoT.Edge.Hardware.Relay;

namespace OmniIoT.Edge.Hardware;

/// <summary>Every type of output. A new one is a folder of its own and a line here.</summary>
public static class OutputTypes
{
    private static readonly OutputType[] All =
    [
        new("relay", (spec, board) => new RelayOutput(spec, board.Chip(spec.Line))),
        new("led", (spec, board) => new LedOutput(spec, board.Chip(spec.Line))),
        new("pwm", (spec, board) => new PwmOutput(spec, board.Pwm(spec))) { StandardHertz = PwmOutput.StandardHertz },
        new("buzzer", (spec, board) => new BuzzerOutput(spec, board.Pwm(spec))) { StandardHertz = BuzzerOutput.LoudestHertz },
    ];

    /// <summary>The names, for who must choose one.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(type => type.Name).Order(StringComparer.Ordinal)];

    /// <summary>The frequency that the type's channel usually has; null for a type that drives a line.</summary>
    public static int? StandardHertzOf(string type) => Find(type)?.StandardHertz;

    internal static OutputType? Find(string name) => Array.Find(All, type => type.Name == name);
}
