using System.Security.Cryptography;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Reading;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Adds entries to the trail, each with what is stored of its subject before the unit that it stands in is applied.</summary>
internal sealed class AuditWriter(DatabaseConnection connection) : IAuditWriter
{
    private readonly Statement _head = connection.Prepare(AuditRows.Head);
    private readonly Statement _putHead = connection.Prepare(AuditRows.PutHead);
    private readonly Statement _insert = connection.Prepare(AuditRows.Insert);
    private readonly Statement _insertPerson = connection.Prepare(AuditRows.InsertPerson);
    private readonly Statement _merged = connection.Prepare(AuditRows.Merged);
    private readonly Statement _cutValues = connection.Prepare(AuditRows.CutValues);
    private readonly Statement _cutAddresses = connection.Prepare(AuditRows.CutAddresses);

    public void Append(IReadOnlyList<Effect> unit)
    {
        foreach (RecordAudit record in unit.OfType<RecordAudit>())
            Append(record.Draft);
    }

    public void Erase(string customerId)
    {
        _cutValues.Bind(customerId).Run();
        _cutAddresses.Bind(EntityId.Customer(customerId).ToString()).Run();
    }

    private void Append(AuditDraft draft)
    {
        ChainHead head = _head.ReadFirst(static row => new ChainHead(row.Int64(0), row.Bytes(1).ToArray())) ?? ChainHead.Start;
        StoredSubject stored = draft.IsChange ? Stored(draft.Subject) : StoredSubject.None;
        if (AuditChain.Next(head, draft, stored, RandomNumberGenerator.GetBytes(AuditChain.SaltBytes)) is not { } link)
            return;
        Insert(link);
        foreach (string person in link.Persons.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            _insertPerson.Bind(person).Bind(link.Sequence).Run();
        _putHead.Bind(link.Sequence).Bind(link.Hash).Run();
    }

    private void Insert(ChainLink link) =>
        _insert
            .Bind(link.Sequence)
            .Bind(link.Id)
            .Bind(link.At.UnixMilliseconds)
            .Bind(link.Actor)
            .Bind(link.Action)
            .Bind(link.Subject)
            .Bind(link.Outcome)
            .Bind(link.Persons)
            .Bind(link.Address.Salted)
            .Bind(link.Address.Digest)
            .Bind(link.Before.Salted)
            .Bind(link.Before.Digest)
            .Bind(link.After.Salted)
            .Bind(link.After.Digest)
            .Bind(link.Previous)
            .Bind(link.Hash)
            .Run();

    private StoredSubject Stored(string subject)
    {
        (string query, IReadOnlyList<string> parameters) = AuditRows.Stored(subject);
        Statement stored = connection.Prepare(query);
        foreach (string parameter in parameters)
            stored.Bind(parameter);
        byte[]? json = stored.ReadFirst(static row => row.Bytes(0).ToArray());
        return EntityId.TryParse(subject) is { Kind: EntityKind.Customer, Key: var customer }
            ? new StoredSubject(json, _merged.Bind(customer).ReadAll(static row => row.Text(0)))
            : new StoredSubject(json, []);
    }
}
