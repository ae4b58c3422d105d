using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Audit;

namespace OmniIoT.Commit.Audit;

/// <summary>
/// Lines for whoever watches the log for attacks; each stands on record as well. Names and addresses only, never what was written or
/// tried.
/// </summary>
internal static partial class SecurityLog
{
    public static void Tell(ILogger logger, AuditDraft entry)
    {
        (string actor, string? address) = (entry.Origin.Actor, entry.Origin.Address);
        switch (entry.Action)
        {
            case AuditActions.SessionCreated:
                SignedIn(logger, actor, address);
                break;
            case AuditActions.SessionEnded:
                SignedOut(logger, actor, address);
                break;
            case AuditActions.SessionRefused when entry.Outcome == AuditActions.LockedOut:
                LockedOut(logger, entry.Subject, address);
                break;
            case AuditActions.SessionRefused:
                Refused(logger, entry.Subject, address);
                break;
            case AuditActions.AccessRefused:
                NoRight(logger, actor, address, entry.Outcome, entry.Subject);
                break;
            case AuditActions.CustomerExported:
                Exported(logger, entry.Subject, actor, address);
                break;
            case AuditActions.CustomerErased:
                Erased(logger, entry.Subject, actor, address);
                break;
            case AuditActions.KeyCreated or AuditActions.TokenCreated or AuditActions.ClaimCodeCreated or AuditActions.CertificateTrusted:
                KeyMade(logger, entry.Subject, actor, address, entry.Action);
                break;
            case AuditActions.KeyEnded or AuditActions.TokenEnded or AuditActions.CertificateRevoked:
                KeyEnded(logger, entry.Subject, actor, address, entry.Action);
                break;
            default:
                TellRights(logger, entry);
                break;
        }
    }

    private static void TellRights(ILogger logger, AuditDraft entry)
    {
        string kind = entry.Action[..entry.Action.IndexOf('.', StringComparison.Ordinal)];
        if (kind is "agent" or "role" or "key" or "setting" or "enrollment")
            RightsChanged(logger, entry.Subject, entry.Origin.Actor, entry.Origin.Address, entry.Action);
    }

    [LoggerMessage(1701, LogLevel.Information, "{Actor} signed in from {Address}.")]
    private static partial void SignedIn(ILogger logger, string actor, string? address);

    [LoggerMessage(1702, LogLevel.Warning, "A sign-in of {Subject} from {Address} was refused.")]
    private static partial void Refused(ILogger logger, string subject, string? address);

    [LoggerMessage(1703, LogLevel.Warning, "Sign-ins of {Subject} from {Address} are locked out for now.")]
    private static partial void LockedOut(ILogger logger, string subject, string? address);

    [LoggerMessage(1704, LogLevel.Information, "{Actor} signed out from {Address}.")]
    private static partial void SignedOut(ILogger logger, string actor, string? address);

    [LoggerMessage(1705, LogLevel.Warning, "A call of {Actor} from {Address} was refused ({Outcome}): {Subject}.")]
    private static partial void NoRight(ILogger logger, string actor, string? address, string outcome, string subject);

    [LoggerMessage(1706, LogLevel.Information, "The rights of {Subject} were changed by {Actor} from {Address} ({Action}).")]
    private static partial void RightsChanged(ILogger logger, string subject, string actor, string? address, string action);

    [LoggerMessage(1707, LogLevel.Information, "A key of {Subject} was made by {Actor} from {Address} ({Action}).")]
    private static partial void KeyMade(ILogger logger, string subject, string actor, string? address, string action);

    [LoggerMessage(1708, LogLevel.Information, "A key of {Subject} was ended by {Actor} from {Address} ({Action}).")]
    private static partial void KeyEnded(ILogger logger, string subject, string actor, string? address, string action);

    [LoggerMessage(1709, LogLevel.Information, "{Subject} was exported by {Actor} from {Address}.")]
    private static partial void Exported(ILogger logger, string subject, string actor, string? address);

    [LoggerMessage(1710, LogLevel.Information, "{Subject} was erased by {Actor} from {Address}.")]
    private static partial void Erased(ILogger logger, string subject, string actor, string? address);
}
