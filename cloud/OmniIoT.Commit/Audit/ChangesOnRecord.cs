using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;

namespace OmniIoT.Commit.Audit;

/// <summary>What of a unit's effects belongs on record when somebody answers for them.</summary>
internal static class ChangesOnRecord
{
    public static IReadOnlyList<RecordAudit> Of(IReadOnlyList<Effect> effects, Origin origin, IdGenerator ids)
    {
        Instant now = ids.Now();
        // What a survivor's record gains or loses with a merge is another's.
        string[] merged = [.. effects.Select(MergedBy).OfType<string>()];
        List<RecordAudit> records = [];
        foreach (Effect effect in effects)
        {
            if (Find(effect) is not { } change || records.Exists(one => change.IsSameAs(one.Draft)))
                continue;
            AuditDraft draft = change.Draft(ids.Next(), now, origin);
            records.Add(new RecordAudit(draft with { Persons = [.. draft.Persons, .. merged] }));
        }
        return records;
    }

    private static OnRecord? Find(Effect effect) =>
        effect switch
        {
            PutDocument { Kind: DocumentKind.Setting } put => Setting(put.Id, put.Json.ToArray()),
            // Who comes and goes is a matter of minutes, not a change of what people may.
            PutDocument { Kind: DocumentKind.Presence } => null,
            // What strangers ask and think is no change of what the company says.
            PutDocument { Kind: DocumentKind.Gap or DocumentKind.Feedback } => null,
            // A version stands on record as the change of what it is a version of.
            PutDocument { Kind: DocumentKind.ArticleVersion or DocumentKind.FlowVersion } => null,
            PutDocument put => Change(Name(put.Kind), put.Id, put.Json.ToArray()),
            DeleteDocument { Kind: DocumentKind.Setting } delete => Setting(delete.Id, null),
            DeleteDocument delete => new OnRecord(Name(delete.Kind) + ".deleted", $"{Name(delete.Kind)}:{delete.Id}", IsChange: true),
            PutCustomer put => Change("customer", put.Customer.Id, Json(put.Customer)),
            PutDevice put => Change("device", put.Device.Id, Json(put.Device)),
            DeleteDevice delete => new OnRecord(AuditActions.DeviceDeleted, Subject(EntityId.Device(delete.DeviceId)), IsChange: true),
            EraseCustomer erase => new OnRecord(AuditActions.CustomerErased, Subject(EntityId.Customer(erase.CustomerId))),
            PutMerge put => new OnRecord(
                AuditActions.CustomerMerged,
                Subject(EntityId.Customer(put.Merge.Id)),
                Json(new { into = put.Merge.Into })
            ),
            RemoveMerge remove => new OnRecord(AuditActions.CustomerUnmerged, Subject(EntityId.Customer(remove.CustomerId))),
            PutCredential put => new OnRecord(
                put.SecretHash is null ? AuditActions.TokenEnded : AuditActions.TokenCreated,
                Subject(put.Principal)
            ),
            PutClaimCode put => new OnRecord(AuditActions.ClaimCodeCreated, Subject(EntityId.Device(put.DeviceId))),
            PutCertificate put => new OnRecord(
                AuditActions.CertificateTrusted,
                Subject(put.Principal),
                Json(new { thumbprint = put.Thumbprint })
            ),
            PutCase put => new OnRecord(AuditActions.CaseChanged, "case:" + put.Case.Id, Person: put.Case.CustomerId),
            PutConversation put => new OnRecord(
                AuditActions.ConversationChanged,
                "conversation:" + put.Conversation.Id,
                Person: put.Conversation.CustomerId
            ),
            PutCommand { Command.Status: CommandStatus.Queued } put => new OnRecord(
                AuditActions.CommandSent,
                Subject(EntityId.Device(put.Command.DeviceId)),
                Json(new { id = put.Command.Id, name = put.Command.Name })
            ),
            DeleteCertificate delete => new OnRecord(AuditActions.CertificateRevoked, "certificate:" + delete.Thumbprint),
            _ => null,
        };

    private static string? MergedBy(Effect effect) =>
        effect switch
        {
            PutMerge put => put.Merge.Id,
            RemoveMerge remove => remove.CustomerId,
            _ => null,
        };

    /// <summary>
    /// What the platform keeps for itself among the settings. Roles and keys are in a list each, and so are the sessions of each person:
    /// whoever changes one puts that one on record, in the same commit.
    /// </summary>
    private static OnRecord? Setting(string id, byte[]? json) =>
        id is "roles" or "api-keys" || id.StartsWith("sessions:", StringComparison.Ordinal)
            ? null
            : new OnRecord("setting.changed", "setting:" + id, json, IsChange: true);

    private static OnRecord Change(string kind, string id, byte[] json) => new(kind + ".changed", $"{kind}:{id}", json, IsChange: true);

    private static string Name(DocumentKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static string Subject(EntityId id) => id.ToString();

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, OmniJson.Options);

    /// <param name="Person">Whose data the subject is; null: its own, or nobody's.</param>
    private sealed record OnRecord(string Action, string Subject, byte[]? After = null, bool IsChange = false, string? Person = null)
    {
        /// <summary>What is on its way through several states within one unit is one change of it.</summary>
        public bool IsSameAs(AuditDraft draft) => Person is not null && (draft.Action, draft.Subject) == (Action, Subject);

        public AuditDraft Draft(string id, Instant at, Origin origin) =>
            new()
            {
                Id = id,
                At = at,
                Origin = origin,
                Action = Action,
                Subject = Subject,
                After = After,
                IsChange = IsChange,
                Persons = Person is null ? [] : [Person],
            };
    }
}
