using MailKit;

namespace OmniIoT.Channels.Email.Polling;

/// <summary>A mail that nobody has seen.</summary>
/// <param name="IsOld">It came so long ago that nobody waits for an answer.</param>
internal readonly record struct UnseenMail(UniqueId Id, bool IsOld);
