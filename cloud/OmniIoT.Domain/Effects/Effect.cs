namespace OmniIoT.Domain.Effects;

/// <summary>
/// Something that a decision wants to be true. All effects of a batch become durable in one commit or not at all.
/// "Put" creates or replaces by id; "Append" adds, and does nothing when the id is there already.
/// </summary>
public abstract record Effect;
