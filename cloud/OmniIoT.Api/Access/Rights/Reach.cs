namespace OmniIoT.Api.Access.Rights;

/// <summary>What a call reaches, of which somebody with bounds has a part only.</summary>
internal enum Reach
{
    /// <summary>All of the company's: nobody with bounds makes it.</summary>
    Whole,

    /// <summary>What is nobody's in particular, or the caller's own.</summary>
    Open,

    /// <summary>Many things, or such as its body names: the call itself asks which of them are within.</summary>
    Asks,

    // The one thing that the address names.
    Alarm,
    Beacon,
    Callback,
    Case,
    Conversation,
    Customer,
    Device,
    Fence,
    Queue,
    Site,
}
