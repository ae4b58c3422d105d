using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Sql.Searching;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Reading;
using OmniIoT.Storage.Sqlite.Searching;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Alarms and the cases they lead to.</summary>
internal sealed class CaseWriter(DatabaseConnection connection, ChangeWriter changes, WordWriter words, WorkWriter work) : ICaseWriter
{
    private readonly Statement _putAlarm = connection.Prepare(
        """
        INSERT INTO alarms (id, device_id, state, severity, case_id, customer_id, raised_at, json)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, severity = excluded.severity, case_id = excluded.case_id,
            customer_id = excluded.customer_id, raised_at = excluded.raised_at, json = excluded.json
        """
    );
    private readonly Statement _alarmsOfCustomer = connection.Prepare("SELECT json FROM alarms WHERE customer_id = $1");
    private readonly Statement _deleteAlarms = connection.Prepare("DELETE FROM alarms WHERE device_id = $1");
    private readonly Statement _putCase = connection.Prepare(
        """
        INSERT INTO cases (id, number, status, unresolved, device_id, customer_id, assignee, queue, priority, attention, search, json)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (id) DO UPDATE SET number = excluded.number, status = excluded.status, unresolved = excluded.unresolved,
            device_id = excluded.device_id, customer_id = excluded.customer_id, assignee = excluded.assignee,
            queue = excluded.queue, priority = excluded.priority, attention = excluded.attention, search = excluded.search,
            json = excluded.json
        """
    );
    private readonly Statement _casesOfCustomer = connection.Prepare("SELECT json FROM cases WHERE customer_id = $1");

    public void Put(Alarm alarm) => changes.Add("alarm", alarm.CustomerId, alarm.DeviceId, Write(alarm));

    public void Put(Case @case)
    {
        Write(@case);
        changes.Add("case", @case.CustomerId, @case.DeviceId, Json.WriteShown(@case));
    }

    public void DeleteAlarms(string deviceId) => _deleteAlarms.Bind(deviceId).Run();

    /// <summary>
    /// What concerned the customer's devices stays, but says no longer whose they were, nor anything that was written of them.
    /// </summary>
    public void Unlink(string customerId)
    {
        foreach (Alarm alarm in _alarmsOfCustomer.Bind(customerId).ReadAll<Alarm>())
            Write(alarm with { CustomerId = null });
        foreach (Case @case in _casesOfCustomer.Bind(customerId).ReadAll<Case>())
            Write(@case.Anonymous());
    }

    private byte[] Write(Alarm alarm)
    {
        byte[] json = Json.Write(alarm);
        _putAlarm
            .Bind(alarm.Id)
            .Bind(alarm.DeviceId)
            .Bind(EnumText<AlarmState>.Of(alarm.State))
            .Bind(EnumText<OmniIoT.Devices.Models.Severity>.Of(alarm.Severity))
            .Bind(alarm.CaseId)
            .Bind(alarm.CustomerId)
            .Bind(alarm.RaisedAt.UnixMilliseconds)
            .Bind(json)
            .Run();
        return json;
    }

    private void Write(Case @case)
    {
        string search = SearchTexts.Of(@case);
        words.Put(Searched.Cases, @case.Id, search);
        _putCase
            .Bind(@case.Id)
            .Bind(@case.Number)
            .Bind(EnumText<CaseStatus>.Of(@case.Status))
            .Bind(@case.IsUnresolved ? 1 : 0)
            .Bind(@case.DeviceId)
            .Bind(@case.CustomerId)
            .Bind(@case.Assignee)
            .Bind(@case.Queue)
            .Bind(EnumText<CasePriority>.Of(@case.Priority))
            .Bind(Attention.Of(@case.Sla))
            .Bind(search)
            .Bind(Json.Write(@case))
            .Run();
        work.Put(WorkKind.Case, @case.Id, Work.Of(@case));
    }
}
