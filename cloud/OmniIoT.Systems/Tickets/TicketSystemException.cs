using OmniIoT.Channels.Outbound;

namespace OmniIoT.Systems.Tickets;

/// <summary>A help desk did not do what it was asked for.</summary>
public sealed class TicketSystemException(ProviderAnswer answer)
    : Exception(answer.IsCut ? "Its answer is longer than is read." : answer.Why)
{
    public ProviderAnswer Answer { get; } = answer;
}
