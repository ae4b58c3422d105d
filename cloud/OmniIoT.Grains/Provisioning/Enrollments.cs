using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Provisioning;

/// <summary>The enrolments, documents of their own kind, of which a part is not the operator's to write.</summary>
public sealed class Enrollments(IDocumentQueries documents, ICommitter committer, IdGenerator ids)
{
    private const string Name = "Enrollment";

    public async ValueTask<VersionedEnrollment?> FindAsync(string id, CancellationToken cancellationToken) =>
        await documents.FindAsync(DocumentKind.Enrollment, id, cancellationToken) is { } document ? Read(document) : null;

    /// <param name="text">Is in the id; null: any.</param>
    public async ValueTask<Page<VersionedEnrollment>> ListAsync(PageRequest page, string? text, CancellationToken cancellationToken)
    {
        Page<Document> found = await documents.ListAsync(DocumentKind.Enrollment, page, cancellationToken, new DocumentFilter(text));
        return new Page<VersionedEnrollment>([.. found.Items.Select(Read)], found.Next) { Total = found.Total };
    }

    /// <summary>
    /// Writes the terms: a new enrolment has a key of its own, another keeps its key. Answers the version before and after.
    /// </summary>
    public Task<Reply<(VersionedEnrollment? Before, VersionedEnrollment After)>> PutAsync(
        Enrollment terms,
        int? expectedVersion,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            terms.Id,
            expectedVersion,
            stored => stored is null ? StoredEnrollment.New(terms, ids.Now()) : stored with { Terms = terms },
            cancellationToken
        );

    /// <summary>Gives a new key; the old one ends.</summary>
    public Task<Reply<(VersionedEnrollment? Before, VersionedEnrollment After)>> ChangeKeyAsync(
        string id,
        int? expectedVersion,
        CancellationToken cancellationToken
    ) => ChangeAsync(id, expectedVersion, stored => stored?.WithNewKey(ids.Now()), cancellationToken);

    /// <summary>
    /// Revokes: nothing registers with it any more. What was recorded of it stays, an enrolment of the same name starts anew.
    /// </summary>
    public async Task<Reply<bool>> DeleteAsync(string id, int? expectedVersion, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } known)
            return Rejection.NotFound(Name, id);
        CommitUnit unit = new()
        {
            Effects = { new DeleteDocument(DocumentKind.Enrollment, id, expectedVersion), new ResetRegistrationCounts(id) },
        };
        return await committer.CommitAsync(unit) == CommitOutcome.Committed
            ? true
            : Rejection.Stale(Name, expectedVersion!.Value, known.Version);
    }

    /// <summary>Whoever named no version changes whatever is stored, also when somebody else changes it at the same moment.</summary>
    private async Task<Reply<(VersionedEnrollment? Before, VersionedEnrollment After)>> ChangeAsync(
        string id,
        int? expectedVersion,
        Func<StoredEnrollment?, StoredEnrollment?> change,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            VersionedEnrollment? before = await FindAsync(id, cancellationToken);
            int version = before?.Version ?? 0;
            if (expectedVersion is { } expected && expected != version)
                return Rejection.Stale(Name, expected, version);
            if (change(before?.Stored) is not { } after)
                return Rejection.NotFound(Name, id);
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(after, OmniJson.Options);
            CommitUnit unit = new() { Effects = { new PutDocument(DocumentKind.Enrollment, id, json, version) } };
            if (await committer.CommitAsync(unit) == CommitOutcome.Committed)
                return (before, new VersionedEnrollment(after, version + 1));
        }
    }

    private static VersionedEnrollment Read(Document document) =>
        new(JsonSerializer.Deserialize<StoredEnrollment>(document.Json, OmniJson.Options)!, document.Version);
}
