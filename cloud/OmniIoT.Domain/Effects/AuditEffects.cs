using OmniIoT.Domain.Audit;

namespace OmniIoT.Domain.Effects;

/// <summary>
/// Puts something on record. Stands in a unit with an <c>Origin</c>, and after all that it is about; nothing can be changed or taken away
/// later, but what it says of a customer who is erased.
/// </summary>
public sealed record RecordAudit(AuditDraft Draft) : Effect;
