namespace OmniIoT.Domain.Desk.Routing;

/// <summary>What takes room of an agent's in the same way.</summary>
public enum WorkClass
{
    /// <summary>Web chat and messengers, where the customer waits at the other end.</summary>
    Chat,

    /// <summary>Calls.</summary>
    Voice,

    /// <summary>Everything else: cases, mail, short messages.</summary>
    Other,
}

public static class WorkClasses
{
    /// <param name="channelType">Null: a case.</param>
    public static WorkClass Of(string? channelType) =>
        channelType switch
        {
            "webchat" or "whatsapp" or "messenger" or "telegram" => WorkClass.Chat,
            "voice" => WorkClass.Voice,
            _ => WorkClass.Other,
        };
}
