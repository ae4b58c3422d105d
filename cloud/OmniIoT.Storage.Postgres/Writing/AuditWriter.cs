using System.Security.Cryptography;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>
/// Adds entries to the trail, each with what is stored of its subject before the unit that it stands in is applied. Of all processes one
/// at a time does: see <see cref="Preconditions"/>.
/// </summary>
internal sealed class AuditWriter(CommitWork work) : IAuditWriter
{
    private ChainHead? _head;

    public void Append(IReadOnlyList<Effect> unit)
    {
        foreach (RecordAudit record in unit.OfType<RecordAudit>())
            Append(record.Draft);
    }

    public void Erase(string customerId)
    {
        work.Batch.Add(AuditRows.CutValues, customerId);
        work.Batch.Add(AuditRows.CutAddresses, EntityId.Customer(customerId).ToString());
    }

    private void Append(AuditDraft draft)
    {
        _head ??=
            work.Read(AuditRows.Head, [], static row => new ChainHead(row.GetInt64(0), row.GetFieldValue<byte[]>(1))).FirstOrDefault()
            ?? ChainHead.Start;
        StoredSubject stored = draft.IsChange ? Stored(draft.Subject) : StoredSubject.None;
        if (AuditChain.Next(_head, draft, stored, RandomNumberGenerator.GetBytes(AuditChain.SaltBytes)) is not { } link)
            return;
        Insert(link);
        foreach (string person in link.Persons.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            work.Batch.Add(AuditRows.InsertPerson, person, link.Sequence);
        work.Batch.Add(AuditRows.PutHead, link.Sequence, link.Hash);
        _head = new ChainHead(link.Sequence, link.Hash);
    }

    private void Insert(ChainLink link) =>
        work.Batch.Add(
            AuditRows.Insert,
            link.Sequence,
            link.Id,
            link.At.UnixMilliseconds,
            link.Actor,
            link.Action,
            link.Subject,
            link.Outcome,
            link.Persons,
            OrNull(link.Address.Salted),
            OrNull(link.Address.Digest),
            OrNull(link.Before.Salted),
            OrNull(link.Before.Digest),
            OrNull(link.After.Salted),
            OrNull(link.After.Digest),
            link.Previous,
            link.Hash
        );

    private StoredSubject Stored(string subject)
    {
        (string query, IReadOnlyList<string> parameters) = AuditRows.Stored(subject);
        byte[]? json = work.Read(query, [.. parameters], static row => row.GetFieldValue<byte[]>(0)).FirstOrDefault();
        return EntityId.TryParse(subject) is { Kind: EntityKind.Customer, Key: var customer }
            ? new StoredSubject(json, work.Read(AuditRows.Merged, [customer], static row => row.GetString(0)))
            : new StoredSubject(json, []);
    }

    private static object OrNull(object? value) => value ?? DBNull.Value;
}
