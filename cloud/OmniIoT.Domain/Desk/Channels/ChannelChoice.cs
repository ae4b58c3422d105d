namespace OmniIoT.Domain.Desk.Channels;

/// <summary>Which of several channels it is where there can be one alone, as for a browser that has one subscription of the page.</summary>
public static class ChannelChoice
{
    /// <summary>Of those of a type that are enabled the first by id; null: there is none.</summary>
    public static Channel? FirstEnabled(this IEnumerable<Channel> channels, string type) =>
        channels.Where(channel => channel.Enabled && channel.Type == type).MinBy(static channel => channel.Id, StringComparer.Ordinal);
}
