namespace OmniIoT.Domain.Desk;

/// <summary>How far a bot came in a conversation. Immutable.</summary>
/// <param name="Bot">Its id.</param>
public sealed record BotTalk(string Bot)
{
    /// <summary>Who says more than this gets a person: no talk goes round in circles.</summary>
    public const int MostTurns = 20;

    /// <summary>Whether a person goes on; the bot is silent from then on.</summary>
    public bool HandedOver { get; init; }

    /// <summary>Answers that it gave.</summary>
    public int Turns { get; init; }

    /// <summary>Questions that it did not understand.</summary>
    public int Misses { get; init; }

    /// <summary>What it told, each once.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>The device that it asked about last; null: none.</summary>
    public string? AskedAbout { get; init; }

    /// <summary>The customer's words about which a language model is asked; null: none are.</summary>
    public AskedWords? AsksModelOf { get; init; }

    /// <summary>The form that is being filled in; null: none.</summary>
    public BotFormState? Form { get; init; }
}

/// <param name="MessageId">Of the last of them.</param>
/// <param name="Text">All that is asked about.</param>
public sealed record AskedWords(string MessageId, string Text);

/// <param name="Intent">Whose form it is; empty: how to reach the customer while nobody is there.</param>
/// <param name="Names">Of the fields, in their order.</param>
/// <param name="Asks">How each is asked for.</param>
/// <param name="Answers">Of the first fields.</param>
public sealed record BotFormState(string Intent, IReadOnlyList<string> Names, IReadOnlyList<string> Asks, IReadOnlyList<string> Answers);
