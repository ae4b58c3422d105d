namespace OmniIoT.Domain.Answers.Bots;

/// <summary>What words mean that bots act upon, by their names in <c>concepts.txt</c>.</summary>
internal static class BotConcepts
{
    /// <summary>Somebody asks for a person.</summary>
    public const string Human = "human";

    public const string Yes = "yes";

    /// <summary>What was said did not help.</summary>
    public const string Unhelpful = "unhelpful";

    public const string Thanks = "thanks";
}
