namespace OmniIoT.Domain.Figures;

/// <summary>Of what something is counted; what is null it is not counted by.</summary>
public readonly record struct FigureSubject
{
    public string? Channel { get; init; }

    public string? Queue { get; init; }

    public string? Agent { get; init; }

    public string? Model { get; init; }

    public string? Bot { get; init; }

    /// <summary>Whether it is counted in all already, and here by another dimension.</summary>
    public bool IsPart { get; init; }

    /// <summary>The themes of words, with which the channel is counted once more; null: they are no customer's words.</summary>
    public IReadOnlyList<string>? Themes { get; init; }
}
