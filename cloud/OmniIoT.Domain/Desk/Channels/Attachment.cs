namespace OmniIoT.Domain.Desk.Channels;

/// <summary>A file of a message, kept apart from its words.</summary>
/// <param name="Name">As the sender called it; never a path.</param>
/// <param name="Type">The media type as sniffed from the content, not as claimed.</param>
/// <param name="Size">In bytes, at most 20 MiB.</param>
public sealed record Attachment(string Id, string Name, string Type, long Size);
