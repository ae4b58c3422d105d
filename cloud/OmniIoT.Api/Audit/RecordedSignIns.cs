using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access;
using OmniIoT.Devices;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Audit;
using OmniIoT.Web;

namespace OmniIoT.Api.Audit;

/// <summary>Puts on record who signs in and out, and who was not let in.</summary>
internal sealed class RecordedSignIns(Records records, RecordedRefusals refusals, AgentAccounts accounts)
{
    public Task BegunAsync(HttpContext context, string user) =>
        records.TryWriteAsync(OriginOf(context, user), AuditActions.SessionCreated, SubjectOf(user));

    public Task EndedAsync(HttpContext context, string user) =>
        records.TryWriteAsync(OriginOf(context, user), AuditActions.SessionEnded, SubjectOf(user));

    /// <summary>Somebody ended a session by hand, perhaps another's.</summary>
    public Task RevokedAsync(HttpContext context, string user) =>
        records.TryWriteAsync(context.Origin(), AuditActions.SessionEnded, SubjectOf(user));

    /// <param name="outcome">One of those of <see cref="AuditActions"/>.</param>
    public async Task RefusedAsync(HttpContext context, string user, string outcome)
    {
        Origin stranger = new(Origin.Anonymous, ClientAddress.Of(context));
        await refusals.AddAsync(new Refusal(stranger, AuditActions.SessionRefused, await KnownSubjectAsync(user), outcome));
    }

    private static Origin OriginOf(HttpContext context, string user) => new(SubjectOf(user), ClientAddress.Of(context));

    /// <summary>What is no agent's name is not repeated: people type passwords in its place, and guessers any number of names.</summary>
    private async ValueTask<string> KnownSubjectAsync(string user) =>
        SubjectOf(Identifier.IsValid(user) && await accounts.FindAsync(user, CancellationToken.None) is not null ? user : "?");

    private static string SubjectOf(string user) => "agent:" + user;
}
