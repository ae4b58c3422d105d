using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Requests;
using OmniIoT.Devices;
using OmniIoT.Domain.Audit;

namespace OmniIoT.Api.Audit;

/// <summary>Puts on record who signs in and out, and who was not let in.</summary>
internal sealed class RecordedSignIns(Records records, RecordedRefusals refusals)
{
    public Task BegunAsync(HttpContext context, string user) =>
        records.TryWriteAsync(OriginOf(context, user), AuditActions.SessionCreated, SubjectOf(user));

    public Task EndedAsync(HttpContext context, string user) =>
        records.TryWriteAsync(OriginOf(context, user), AuditActions.SessionEnded, SubjectOf(user));

    /// <param name="outcome"><see cref="AuditActions.Wrong"/> or <see cref="AuditActions.LockedOut"/>.</param>
    public Task RefusedAsync(HttpContext context, string user, string outcome)
    {
        Origin stranger = new(Origin.Anonymous, ClientAddress.Of(context));
        return refusals.AddAsync(new Refusal(stranger, AuditActions.SessionRefused, SubjectOf(user), outcome));
    }

    private static Origin OriginOf(HttpContext context, string user) => new(SubjectOf(user), ClientAddress.Of(context));

    /// <summary>What can be no agent's name is not repeated: people type passwords where the name belongs.</summary>
    private static string SubjectOf(string user) => "agent:" + (Identifier.IsValid(user) ? user : "?");
}
