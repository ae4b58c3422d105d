using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OmniIoT.Domain.Audit;

/// <summary>
/// Chains entries by SHA-256: a link's hash is of all its fields, each with its length before it, and of the hash of the link before.
/// </summary>
public static class AuditChain
{
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>Random bytes for the salts of one link's values.</summary>
    public const int SaltBytes = 3 * ChainValue.SaltBytes;

    /// <summary>Values longer than this many bytes are on record by their length.</summary>
    public const int MaximumValueBytes = 64 * 1024;

    /// <summary>Which fields are hashed, and how; another number stands for another form.</summary>
    private const int Form = 1;

    /// <summary>The link that follows the head; null when nothing changed.</summary>
    /// <param name="stored">Of the subject, where the draft is of a change.</param>
    /// <param name="salt">Random, <see cref="SaltBytes"/> long.</param>
    public static ChainLink? Next(ChainHead head, AuditDraft draft, StoredSubject stored, ReadOnlySpan<byte> salt)
    {
        (byte[]? before, byte[]? after) = (stored.Json ?? draft.Before, draft.After);
        if (draft.IsChange && AuditValue.AreSame(before, after))
            return null;
        ChainLink link = new()
        {
            Sequence = head.Sequence + 1,
            Id = draft.Id,
            At = draft.At,
            Actor = draft.Origin.Actor,
            Action = draft.Action,
            Subject = draft.Subject,
            Outcome = draft.Outcome,
            Persons = PersonsOf(draft, stored),
            Address = ChainValue.Of(Utf8(draft.Origin.Address), salt[..ChainValue.SaltBytes]),
            Before = ChainValue.Of(AuditValue.Record(draft.Subject, before, null), salt[ChainValue.SaltBytes..(2 * ChainValue.SaltBytes)]),
            After = ChainValue.Of(AuditValue.Record(draft.Subject, after, before), salt[(2 * ChainValue.SaltBytes)..]),
            Previous = head.Hash,
        };
        return link with { Hash = HashOf(link) };
    }

    public static byte[] HashOf(ChainLink link)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Form);
        Add(hash, link.Sequence);
        Add(hash, link.At.UnixMilliseconds);
        foreach (string text in new[] { link.Id, link.Actor, link.Action, link.Subject, link.Outcome, link.Persons })
            Add(hash, Utf8(text));
        foreach (byte[]? bytes in new[] { link.Address.Digest, link.Before.Digest, link.After.Digest, link.Previous })
            Add(hash, bytes);
        return hash.GetHashAndReset();
    }

    private static string PersonsOf(AuditDraft draft, StoredSubject stored)
    {
        string?[] owners = [AuditValue.CustomerOf(draft.Subject, stored.Json), AuditValue.CustomerOf(draft.Subject, draft.After)];
        SortedSet<string> persons = new([.. owners.OfType<string>(), .. draft.Persons, .. stored.Merged], StringComparer.Ordinal);
        return string.Join(' ', persons);
    }

    private static void Add(IncrementalHash hash, byte[]? field)
    {
        Add(hash, field?.Length ?? -1L);
        if (field is not null)
            hash.AppendData(field);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static byte[]? Utf8(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
