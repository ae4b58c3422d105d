using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Provisioning;

/// <summary>What came of a device's attempt to register itself.</summary>
public enum RegistrationOutcome
{
    Registered,

    /// <summary>It was registered before, and an operator had allowed it to come again.</summary>
    Reenrolled,

    /// <summary>Neither key nor token nor certificate was right.</summary>
    WrongCredentials,

    EnrollmentExpired,

    /// <summary>As many devices as may register have registered.</summary>
    EnrollmentFull,

    /// <summary>There is no such model, or the enrolment is for others.</summary>
    UnknownModel,

    IdNotAllowed,

    AlreadyRegistered,

    /// <summary>Too many attempts; counted, but not recorded.</summary>
    Throttled,
}

/// <summary>An attempt as it is kept for the audit.</summary>
public sealed record Registration
{
    /// <summary>Orders by time.</summary>
    public required string Id { get; init; }

    public required string EnrollmentId { get; init; }

    public required Instant At { get; init; }

    public required string DeviceId { get; init; }

    public required string Model { get; init; }

    /// <summary>Where it came from, an IP address; null when that is not known.</summary>
    public required string? Address { get; init; }

    /// <summary>SHA-256 of the certificate that it was made with, in lower-case hexadecimal; null: it was made with a key.</summary>
    public required string? Thumbprint { get; init; }

    public required RegistrationOutcome Outcome { get; init; }

    public bool Accepted => Outcome is RegistrationOutcome.Registered or RegistrationOutcome.Reenrolled;
}

/// <summary>Why an attempt was refused; an expected outcome, not a failure.</summary>
/// <param name="Pointer">JSON pointer into what was sent; null when it concerns the whole.</param>
/// <param name="RetryAfter">When it may be tried again; null: when something else has changed.</param>
public sealed record RegistrationRefusal(RegistrationOutcome Outcome, string Message, string? Pointer = null, TimeSpan? RetryAfter = null);
