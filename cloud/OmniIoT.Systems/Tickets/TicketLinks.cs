using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Systems.Tickets;

/// <summary>Which ticket a case is, and up to where a help desk was read.</summary>
public sealed class TicketLinks(IDocumentQueries documents, ICommitter committer)
{
    public async ValueTask<TicketLink?> FindAsync(string integration, string caseId, CancellationToken cancellationToken) =>
        await documents.FindAsync(DocumentKind.Ticket, IdOf(integration, caseId), cancellationToken) is { } stored
            ? JsonSerializer.Deserialize<TicketLink>(stored.Json, OmniJson.Options)
            : null;

    public ValueTask PutAsync(string integration, TicketLink link) => StoreAsync(IdOf(integration, link.CaseId), link);

    /// <summary>Null: there is no such help desk.</summary>
    public async ValueTask<TicketPosition?> PositionAsync(string integration, CancellationToken cancellationToken) =>
        await documents.FindAsync(DocumentKind.Ticket, integration, cancellationToken) is { } stored
            ? JsonSerializer.Deserialize<TicketPosition>(stored.Json, OmniJson.Options)
            : null;

    public ValueTask PutAsync(string integration, TicketPosition position) => StoreAsync(integration, position);

    private async ValueTask StoreAsync<T>(string id, T value)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(value, OmniJson.Options);
        await committer.CommitAsync(new CommitUnit { Effects = { new PutDocument(DocumentKind.Ticket, id, json) } });
    }

    /// <summary>No id has a slash.</summary>
    private static string IdOf(string integration, string caseId) => $"{integration}/{caseId}";
}
