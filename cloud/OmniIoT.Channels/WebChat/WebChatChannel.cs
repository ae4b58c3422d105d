namespace OmniIoT.Channels.WebChat;

/// <summary>What the chat is called on timelines and in conversations.</summary>
public static class WebChatChannel
{
    public const string Name = "webchat";
}
