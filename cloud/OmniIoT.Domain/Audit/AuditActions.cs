namespace OmniIoT.Domain.Audit;

/// <summary>Actions that are named in more than one place. Public contract.</summary>
public static class AuditActions
{
    public const string SessionCreated = "session.created";
    public const string SessionRefused = "session.refused";
    public const string SessionEnded = "session.ended";
    public const string AccessRefused = "access.refused";
    public const string CustomerRead = "customer.read";
    public const string CustomersListed = "customers.listed";
    public const string CustomerChanged = "customer.changed";
    public const string CustomerMerged = "customer.merged";
    public const string CustomerUnmerged = "customer.unmerged";
    public const string CustomerExported = "customer.exported";
    public const string CustomerErased = "customer.erased";
    public const string CaseChanged = "case.changed";
    public const string ConversationChanged = "conversation.changed";
    public const string CommandSent = "command.sent";
    public const string DeviceChanged = "device.changed";
    public const string DeviceDeleted = "device.deleted";
    public const string RoleCreated = "role.created";
    public const string RoleChanged = "role.changed";
    public const string RoleDeleted = "role.deleted";
    public const string KeyCreated = "key.created";
    public const string KeyEnded = "key.ended";
    public const string TokenCreated = "token.created";
    public const string TokenEnded = "token.ended";
    public const string ClaimCodeCreated = "claimCode.created";
    public const string CertificateTrusted = "certificate.trusted";
    public const string CertificateRevoked = "certificate.revoked";
    public const string AuditRead = "audit.read";

    /// <summary>Outcome of a refusal: password, token or key is wrong.</summary>
    public const string Wrong = "wrong";

    /// <summary>Outcome of a refusal: so many came that this one was not looked at.</summary>
    public const string LockedOut = "lockedOut";

    /// <summary>Outcome of a refusal: the password is right, and a code of the second factor is wanted as well.</summary>
    public const string CodeRequired = "codeRequired";

    /// <summary>Outcome of a session's end: its time was over.</summary>
    public const string Expired = "expired";

    /// <summary>Outcome of a refusal: known, and without the right.</summary>
    public const string Forbidden = "forbidden";
}
