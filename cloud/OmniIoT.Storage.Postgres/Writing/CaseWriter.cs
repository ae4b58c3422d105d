using OmniIoT.Devices.Models;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Sql.Searching;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Alarms and the cases they lead to.</summary>
internal sealed class CaseWriter(CommitWork work, ChangeWriter changes, WorkWriter desk) : ICaseWriter
{
    public void Put(Alarm alarm) => changes.Add("alarm", alarm.CustomerId, alarm.DeviceId, Write(alarm));

    public void Put(Case @case)
    {
        Write(@case);
        changes.Add("case", @case.CustomerId, @case.DeviceId, Json.WriteShown(@case));
    }

    public void DeleteAlarms(string deviceId) => work[Tables.Alarms].DeleteWhere("device_id", deviceId);

    /// <summary>
    /// What concerned the customer's devices stays, but says no longer whose they were, nor anything that was written of them.
    /// </summary>
    public void Unlink(string customerId)
    {
        foreach (Alarm alarm in work.ReadRecords<Alarm>("SELECT json FROM alarms WHERE customer_id = $1", customerId))
            Write(alarm with { CustomerId = null });
        foreach (Case @case in work.ReadRecords<Case>("SELECT json FROM cases WHERE customer_id = $1", customerId))
            Write(@case.Anonymous());
    }

    private byte[] Write(Alarm alarm)
    {
        byte[] json = Json.Write(alarm);
        work[Tables.Alarms]
            .Put(
                alarm.Id,
                alarm.DeviceId,
                EnumText<AlarmState>.Of(alarm.State),
                EnumText<Severity>.Of(alarm.Severity),
                alarm.CaseId,
                alarm.CustomerId,
                alarm.RaisedAt.UnixMilliseconds,
                json
            );
        return json;
    }

    private void Write(Case @case)
    {
        work[Tables.Cases]
            .Put(
                @case.Id,
                @case.Number,
                EnumText<CaseStatus>.Of(@case.Status),
                @case.IsUnresolved ? 1L : 0L,
                @case.DeviceId,
                @case.CustomerId,
                @case.Assignee,
                @case.Queue,
                EnumText<CasePriority>.Of(@case.Priority),
                Attention.Of(@case.Sla),
                SearchTexts.Of(@case),
                Json.Write(@case)
            );
        desk.Put(WorkKind.Case, @case.Id, Work.Of(@case));
    }
}
