namespace OmniIoT.Domain.Desk;

/// <summary>How the company talks.</summary>
public sealed record DeskSettings
{
    /// <summary>For so long after its end a conversation opens again when its customer writes; later a new one begins.</summary>
    public TimeSpan ReopenWithin { get; init; } = TimeSpan.FromHours(72);

    /// <summary>How long an agent who got something from the router may take to answer before another gets it.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>By what address the world knows the host, without a slash at its end; empty: links are their paths alone.</summary>
    public string PublicAddress { get; init; } = "";

    /// <summary>Whether a language model is asked where a bot does not know an answer.</summary>
    public bool AsksModel { get; init; }

    /// <summary>Whether who writes about a device with an unresolved case is told at once that it is known.</summary>
    public bool TellsKnown { get; init; } = true;
}
