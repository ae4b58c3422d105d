using System.Text.Json;
using Microsoft.Extensions.Logging;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Ports.Audit;

/// <summary>Puts on record what changes nothing: changes are recorded with their own commits.</summary>
public sealed partial class Records(ICommitter committer, IdGenerator ids, ILogger<Records> logger)
{
    /// <summary>The entry, to stand in the unit that does what it says.</summary>
    /// <param name="times">How often it happened, said when it was more than once.</param>
    public RecordAudit Entry(Origin origin, string action, string subject, string outcome = AuditDraft.Done, long times = 1)
    {
        AuditDraft draft = new()
        {
            Id = ids.Next(),
            At = ids.Now(),
            Origin = origin,
            Action = action,
            Subject = subject,
            Outcome = outcome,
            After = times > 1 ? JsonSerializer.SerializeToUtf8Bytes(new { times }, OmniJson.Options) : null,
        };
        return new RecordAudit(draft);
    }

    /// <summary>Puts by itself on record what stands in no unit; returns once it is durable.</summary>
    /// <exception cref="StorageUnavailableException">Storage cannot write.</exception>
    public Task WriteAsync(Origin origin, string action, string subject, string outcome = AuditDraft.Done, long times = 1) =>
        committer.CommitAsync(new CommitUnit { Origin = origin, Effects = { Entry(origin, action, subject, outcome, times) } });

    /// <summary>
    /// As <see cref="WriteAsync"/>, of what must go on while storage cannot write, so that people can look after it: then the log says what
    /// the trail lacks.
    /// </summary>
    /// <returns>Whether it is on record.</returns>
    public async Task<bool> TryWriteAsync(Origin origin, string action, string subject, string outcome = AuditDraft.Done, long times = 1)
    {
        try
        {
            await WriteAsync(origin, action, subject, outcome, times);
            return true;
        }
        catch (StorageUnavailableException)
        {
            LogNotRecorded(logger, action, subject, origin.Actor, origin.Address);
            return false;
        }
    }

    [LoggerMessage(
        1711,
        LogLevel.Warning,
        "{Action} of {Subject} by {Actor} from {Address} could not be put on record: storage cannot write."
    )]
    private static partial void LogNotRecorded(ILogger logger, string action, string subject, string actor, string? address);
}
