namespace OmniIoT.Domain.Desk.Automation;

/// <summary>Words that agents use again and again.</summary>
/// <param name="Text">With places such as <c>{{customer.name}}</c>; see <see cref="ReplyNames"/>.</param>
/// <param name="Shortcut">What an agent types after <c>/</c> to find it; null: its title only.</param>
public sealed record CannedReply(string Id, string Title, string Text, string? Shortcut);
