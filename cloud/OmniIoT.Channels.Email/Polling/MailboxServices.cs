using Microsoft.Extensions.Logging;
using OmniIoT.Commit.Delivery;

namespace OmniIoT.Channels.Email.Polling;

/// <summary>What all mailboxes share.</summary>
public sealed record MailboxServices(MailTaker Taker, MailboxTroubles Troubles, RetryClock Clock, ILogger<MailboxServices> Logger);
