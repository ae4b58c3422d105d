using OmniIoT.Edge.Hardware.Led;
using OmniIoT.Edge.Hardware.Relay;

namespace OmniIoT.Edge.Hardware;

/// <summary>Every type of output. A new one is a folder of its own and a line here.</summary>
public static class OutputTypes
{
    private static readonly Dictionary<string, Func<OutputSpec, Board, IOutput>> All = new(StringComparer.Ordinal)
    {
        ["relay"] = (spec, board) => new RelayOutput(spec.Line, spec.IsOnWhenIdle, board.Chip(spec.Line)),
        ["led"] = (spec, board) => new LedOutput(spec.Line, spec.IsOnWhenIdle, board.Chip(spec.Line)),
    };

    /// <summary>The names, for who must choose one.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Keys.Order(StringComparer.Ordinal)];

    internal static Func<OutputSpec, Board, IOutput> Find(string name) =>
        All.TryGetValue(name, out var open) ? open : throw new WrongSettingException("type", $"one of {string.Join(", ", Names)}");
}
