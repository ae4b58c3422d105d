using OmniIoT.Domain.Desk;

namespace OmniIoT.Domain.Answers.Bots;

/// <summary>What a bot does next in a conversation.</summary>
/// <param name="Talk">How far it then is.</param>
/// <param name="Text">What it says.</param>
public sealed record BotStep(BotTalk Talk, string Text)
{
    public bool HandsOver => Talk.HandedOver;

    /// <summary>Why a person goes on, for agents; null: none does.</summary>
    public string? Reason { get; init; }

    /// <summary>Where a person goes on; null: where the bot hands over to.</summary>
    public string? Queue { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What was filled in, by the names of the fields.</summary>
    public IReadOnlyList<(string Name, string Answer)> Filled { get; init; } = [];

    /// <summary>Whether a language model is asked first, and nothing said yet.</summary>
    public bool AsksModel { get; init; }

    /// <summary>Whether nothing that is known answered it.</summary>
    public bool IsGap { get; init; }
}
