using OmniIoT.Domain.Systems;

namespace OmniIoT.Ports.Systems;

/// <summary>Takes changes to other systems of one kind.</summary>
public interface IChangeReceiver
{
    /// <summary>Those that there are now, as <see cref="SystemNames"/> writes them.</summary>
    IReadOnlyList<ToldSystem> Systems { get; }

    /// <summary>Hands a change over; may come again for the same one after a crash.</summary>
    ValueTask<DeliveryOutcome> DeliverAsync(ChangeDelivery delivery, CancellationToken cancellationToken);
}

/// <summary>Another system, and where it is.</summary>
/// <param name="Address">Where it is another one, what was asked at the one before does not hold.</param>
public readonly record struct ToldSystem(string Name, string Address);

/// <summary>What the other system made of a change.</summary>
/// <param name="StatusCode">What it answered; null: nothing.</param>
/// <param name="Error">Why it does not have it; null: it has it.</param>
/// <param name="After">How long it wants to be left alone; null: it does not say.</param>
public readonly record struct DeliveryOutcome(int? StatusCode, string? Error, TimeSpan? After)
{
    /// <summary>Whether it would be refused however often it came: it is not tried again.</summary>
    public bool IsFinal { get; init; }
}
