using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.WebChat;

/// <summary>What the chat is called on timelines and in conversations.</summary>
public static class WebChatChannel
{
    public const string Name = ChannelKinds.WebChat;
}
