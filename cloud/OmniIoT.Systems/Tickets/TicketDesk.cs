using OmniIoT.Domain.Systems;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Systems.Tickets;

/// <summary>What both directions need of the platform.</summary>
public sealed class TicketDesk(
    IEnumerable<ITicketSystem> systems,
    ICatalog catalog,
    DocumentSecrets secrets,
    TicketLinks links,
    DeskReading reading,
    ISenders senders,
    IGrains grains
)
{
    private readonly Dictionary<string, ITicketSystem> _systems = systems.ToDictionary(one => one.Type, StringComparer.Ordinal);

    public IEnumerable<Integration> Integrations => catalog.Integrations.Values;

    public TicketLinks Links => links;

    public DeskReading Reading => reading;

    public ISenders Senders => senders;

    public IGrains Grains => grains;

    /// <summary>With its credentials open; null: there is none, nobody speaks with its kind, or its secrets do not open.</summary>
    public (Integration Integration, ITicketSystem System)? Find(string id) =>
        catalog.Integrations.TryGetValue(id, out Integration? found)
        && _systems.TryGetValue(found.Type, out ITicketSystem? system)
        && secrets.Open(found) is { } opened
            ? (opened, system)
            : null;
}

/// <summary>What is stored of cases, customers and what was said.</summary>
public sealed record DeskReading(ICaseQueries Cases, ICustomerQueries Customers, IConversationQueries Conversations);
