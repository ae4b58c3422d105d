using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Devices;

/// <summary>What commands and messages to a device share: how they are listed and found, and how long one may wait.</summary>
internal static class DownlinkLists
{
    /// <summary>What waited for a month for its device is no longer meant.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    /// <summary>What was sent to a device, newest first.</summary>
    /// <param name="name">As the address has it.</param>
    public static void MapDownlinks<T>(
        this RouteGroupBuilder devices,
        string name,
        Func<IDeviceQueries, string, PageRequest, CancellationToken, ValueTask<Page<T>>> list
    ) =>
        devices
            .MapGet(
                $"/{{id}}/{name}",
                async (string id, IDeviceQueries queries, [AsParameters] PageQuery page, CancellationToken cancellationToken) =>
                {
                    await queries.RequireAsync(id, cancellationToken);
                    return TypedResults.Ok(await list(queries, id, page.Read(), cancellationToken));
                }
            )
            .WithSummary($"What was sent to the device as {name}, newest first.")
            .Produces<Page<T>>()
            .Fails(401, 404, 422);

    /// <summary>Answers with one of what was sent to a device.</summary>
    /// <param name="what">What it is, as a person says it.</param>
    /// <exception cref="ProblemException">There is no such device, or nothing of the id was sent to it.</exception>
    public static async Task<IResult> AnswerWithAsync<T>(
        this IDeviceQueries devices,
        string deviceId,
        string what,
        string id,
        Func<string, string, CancellationToken, ValueTask<T?>> find,
        CancellationToken cancellationToken
    )
        where T : class
    {
        await devices.RequireAsync(deviceId, cancellationToken);
        return TypedResults.Ok(await find(deviceId, id, cancellationToken) ?? throw new ProblemException(Problem.NotFound(what, id)));
    }

    /// <param name="seconds">How long it waits for the device; null: as long as is usual.</param>
    public static void AddWait(this Mistakes mistakes, string pointer, double? seconds)
    {
        if (seconds is { } wait && !(wait > 0 && wait <= LongestWait.TotalSeconds))
            mistakes.Add(pointer, $"must be more than 0 and at most {LongestWait.TotalSeconds}");
    }
}
