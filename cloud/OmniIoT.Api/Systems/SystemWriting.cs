using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Streaming;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Text;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Systems;

namespace OmniIoT.Api.Systems;

/// <summary>Writes down other systems, with what they are told of.</summary>
internal sealed class SystemWriting(
    SecretDocuments documents,
    IDocumentQueries queries,
    SystemsOptions options,
    ICommitter committer,
    TimeProvider time
)
{
    public delegate DocumentReading<T> Reader<T>(string id, JsonElement document, bool allowsPrivate)
        where T : class;

    /// <inheritdoc cref="SecretDocuments.ReadAsync"/>
    public Task<(T Value, JsonObject Document)> ReadAsync<T>(
        DocumentKind kind,
        string id,
        HttpContext context,
        Reader<T> read,
        CancellationToken cancellationToken
    )
        where T : class =>
        documents.ReadAsync(kind, id, context, (id, document) => read(id, document, options.AllowPrivate), cancellationToken);

    /// <summary>Stores it, its secrets sealed, and has it told of these changes.</summary>
    /// <param name="told">
    /// What it is called among deliveries, of <see cref="EventNames.All"/> what it is told of (none: all), and the help desk whose tickets
    /// are read from now on; null: it has none.
    /// </param>
    /// <exception cref="Problems.ProblemException">The caller may not see what would be told.</exception>
    public async Task<IResult> PutAsync(
        DocumentKind kind,
        string id,
        JsonObject written,
        (string System, IReadOnlyList<string> Events, string? Tickets) told,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        RightSet rights = context.Caller().Rights;
        if (!EventNames.KindsOf(told.Events).All(kind => rights.MaySee(kind)))
            throw Access.Access.Forbidden();
        List<Effect> beside = [new ListenToChanges(told.System, told.Events)];
        if (told.Tickets is { } place && await queries.FindAsync(DocumentKind.Ticket, place, cancellationToken) is null)
            beside.Add(new PutDocument(DocumentKind.Ticket, place, BeginningAt(time.Now())));
        IResult answer = await documents.PutAsync(kind, id, written, context, cancellationToken, beside.ToArray());
        // Now that it is known as it is written: what waits must not go as it was before.
        await committer.CommitAsync(new CommitUnit { Effects = { new HurryDeliveries(told.System, time.Now()) } });
        return answer;
    }

    /// <summary>From now on a help desk is read, whenever it is first asked.</summary>
    private static byte[] BeginningAt(Instant now) => JsonSerializer.SerializeToUtf8Bytes(new TicketPosition(now, null), OmniJson.Options);
}
