using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
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

/// <summary>Writes down other systems, whose secrets nobody reads back, with what they are told of.</summary>
internal sealed class SystemWriting(
    DocumentStore documents,
    IDocumentQueries queries,
    SystemSecrets secrets,
    SystemsOptions options,
    ICommitter committer,
    TimeProvider time
)
{
    public delegate DocumentReading<T> Reader<T>(string id, JsonElement document, bool allowsPrivate)
        where T : class;

    /// <summary>What was written, its secrets open, and the document to store.</summary>
    /// <exception cref="Problems.ProblemException">It is none; every mistake is named.</exception>
    public async Task<(T Value, JsonObject Document)> ReadAsync<T>(
        DocumentKind kind,
        string id,
        HttpContext context,
        Reader<T> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        Query.Id(id);
        ReadOnlyMemory<byte> json = DocumentJson.WithId(await Body.ReadJsonAsync(context.Request, cancellationToken), id);
        JsonObject written = (JsonObject)JsonNode.Parse(json.Span)!;
        Document? stored = await queries.FindAsync(kind, id, cancellationToken);
        Mistakes mistakes = new();
        foreach (string path in secrets.Restore(kind, id, written, stored is null ? null : (JsonObject)JsonNode.Parse(stored.Json)!))
            mistakes.Add("/" + path, "must be written anew: with another host as endpoint, the one that is stored is not sent there");
        mistakes.ThrowIfAny();
        // What is null says nothing.
        foreach ((string name, _) in written.Where(static member => member.Value is null).ToArray())
            written.Remove(name);
        using JsonDocument document = JsonDocument.Parse(OmniJson.Utf8(written));
        return (read(id, document.RootElement, options.AllowPrivate).OrThrow(), written);
    }

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
        secrets.Seal(kind, id, written);
        List<Effect> beside = [new ListenToChanges(told.System, told.Events)];
        if (told.Tickets is { } place && await queries.FindAsync(DocumentKind.Ticket, place, cancellationToken) is null)
            beside.Add(new PutDocument(DocumentKind.Ticket, place, BeginningAt(time.Now())));
        IResult answer = await documents.PutAsync(kind, id, OmniJson.Utf8(written), context, cancellationToken, beside.ToArray());
        // Now that it is known as it is written: what waits must not go as it was before.
        await committer.CommitAsync(new CommitUnit { Effects = { new HurryDeliveries(told.System, time.Now()) } });
        return answer;
    }

    /// <summary>From now on a help desk is read, whenever it is first asked.</summary>
    private static byte[] BeginningAt(Instant now) => JsonSerializer.SerializeToUtf8Bytes(new TicketPosition(now, null), OmniJson.Options);
}
