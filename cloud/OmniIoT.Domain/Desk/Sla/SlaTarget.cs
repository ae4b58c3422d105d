namespace OmniIoT.Domain.Desk.Sla;

/// <summary>What a customer may expect within a time.</summary>
public enum SlaTarget
{
    /// <summary>That a person of the company answers at all.</summary>
    FirstResponse,

    /// <summary>That later words of the customer are answered.</summary>
    NextResponse,

    /// <summary>That it is solved.</summary>
    Resolution,
}
