using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Places;

namespace OmniIoT.Domain.Effects;

public sealed record PutCustomer(Customer Customer) : Effect;

/// <summary>
/// Makes a customer answer with another. A conflict when one of them is merged away already, or is not stored.
/// </summary>
public sealed record PutMerge(Merge Merge) : Effect;

/// <summary>Undoes a merge. A conflict when there is none.</summary>
public sealed record RemoveMerge(string CustomerId) : Effect;

/// <summary>Erases all that is stored of a customer, everywhere, and that others were merged into it.</summary>
public sealed record EraseCustomer(string CustomerId) : Effect;

/// <summary>Creates or (by customer, fence and entry time) replaces a visit.</summary>
public sealed record PutVisit(Visit Visit) : Effect;
