namespace OmniIoT.Domain.Calls;

/// <summary>What a caller is to hear, or is to do; the names are public contract.</summary>
public enum CallActKind
{
    Say,
    Gather,
    Queue,
    Callback,
    SendLink,
    Voicemail,
    Hangup,
}

/// <summary>One thing that a call does, as any provider could do it. Crosses processes, and is kept to be said again.</summary>
public sealed record CallAct(CallActKind Kind)
{
    /// <summary>Said; empty where nothing is.</summary>
    public string Text { get; init; } = "";

    /// <summary>How many digits are waited for.</summary>
    public int Digits { get; init; }

    /// <summary>Whether words are listened to.</summary>
    public bool Speech { get; init; }

    /// <summary>Words that are expected.</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>The queue's id; null: that of the conversation.</summary>
    public string? Queue { get; init; }

    /// <summary>Whether nothing is played in the queue.</summary>
    public bool IsSilent { get; init; }

    /// <summary>What is played in the queue; null: whatever the provider plays.</summary>
    public string? Music { get; init; }

    /// <summary>The channel by which a link leaves.</summary>
    public string? Channel { get; init; }

    public static CallAct Say(string text) => new(CallActKind.Say) { Text = text };
}
