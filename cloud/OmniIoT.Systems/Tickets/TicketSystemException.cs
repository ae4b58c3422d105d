using OmniIoT.Channels.Outbound;

namespace OmniIoT.Systems.Tickets;

/// <summary>A help desk did not do what it was asked for.</summary>
public sealed class TicketSystemException(ProviderAnswer answer) : Exception(answer.Why)
{
    public ProviderAnswer Answer { get; } = answer;
}
