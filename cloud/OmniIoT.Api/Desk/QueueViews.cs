using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Desk;

internal static class QueueViews
{
    public static async Task<IResult> ListAsync(
        HttpContext context,
        IDocumentQueries documents,
        IWorkQueries work,
        IStaff staff,
        TimeProvider time,
        string? q,
        [AsParameters] PageQuery page
    )
    {
        CancellationToken cancellationToken = context.RequestAborted;
        DocumentFilter filter = new(Query.Empty(q)) { Ids = context.Bounds()?.Queues };
        Page<Document> found = await documents.ListAsync(DocumentKind.Queue, page.Read(), cancellationToken, filter);
        Dictionary<string, QueueBacklog> backlogs = (await work.BacklogsAsync(cancellationToken)).ToDictionary(
            backlog => backlog.Queue,
            StringComparer.Ordinal
        );
        IReadOnlyList<AgentOnDuty> agents = await staff.OnDutyAsync(cancellationToken);
        Instant now = time.Now();
        List<QueueView> views = [];
        foreach (Document document in found.Items)
        {
            using JsonDocument json = JsonDocument.Parse(document.Json);
            if (DeskReader.ReadQueue(document.Id, json.RootElement).Value is { } queue)
                views.Add(View(queue, backlogs.GetValueOrDefault(queue.Id), agents, now));
        }
        return TypedResults.Ok(new Page<QueueView>(views, found.Next) { Total = found.Total });
    }

    private static QueueView View(Queue queue, QueueBacklog? backlog, IReadOnlyList<AgentOnDuty> agents, Instant now) =>
        new()
        {
            Id = queue.Id,
            Name = queue.Name,
            Skills = queue.Skills,
            Calendar = queue.Calendar,
            Sla = queue.Sla,
            Overflow = queue.Overflow,
            Waiting = backlog?.Waiting ?? 0,
            OldestWaitSeconds = backlog is null ? 0 : Math.Max(0, (long)(now - backlog.Since).TotalSeconds),
            Available = agents.Count(agent => agent.IsAvailable && agent.CanServe(queue)),
        };
}
