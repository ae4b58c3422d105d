using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Systems.Tickets;

/// <summary>Which ticket a case is, and up to where a help desk was read; both of the help desk that the address leads to.</summary>
public sealed class TicketLinks(IDocumentQueries documents, ICommitter committer)
{
    public ValueTask<TicketLink?> FindAsync(Integration integration, string caseId, CancellationToken cancellationToken) =>
        ReadAsync<TicketLink>(IdOf(integration, caseId), cancellationToken);

    public ValueTask PutAsync(Integration integration, TicketLink link) => StoreAsync(IdOf(integration, link.CaseId), link);

    /// <summary>Null: there is no such help desk.</summary>
    public ValueTask<TicketPosition?> PositionAsync(Integration integration, CancellationToken cancellationToken) =>
        ReadAsync<TicketPosition>(integration.Place, cancellationToken);

    public ValueTask PutAsync(Integration integration, TicketPosition position) => StoreAsync(integration.Place, position);

    private async ValueTask<T?> ReadAsync<T>(string id, CancellationToken cancellationToken)
        where T : class =>
        await documents.FindAsync(DocumentKind.Ticket, id, cancellationToken) is { } stored
            ? JsonSerializer.Deserialize<T>(stored.Json, OmniJson.Options)
            : null;

    private async ValueTask StoreAsync<T>(string id, T value)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(value, OmniJson.Options);
        await committer.CommitAsync(new CommitUnit { Effects = { new PutDocument(DocumentKind.Ticket, id, json) } });
    }

    private static string IdOf(Integration integration, string caseId) => $"{integration.Place}/{caseId}";
}
