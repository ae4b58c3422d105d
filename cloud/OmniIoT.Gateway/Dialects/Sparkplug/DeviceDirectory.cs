using Microsoft.Extensions.Logging;
using OmniIoT.Devices;
using OmniIoT.Dialects.Sparkplug.Native;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>
/// Knows which device of ours a device behind a node is: one that was registered as the node's (<c>{node}:{device}</c>), else one
/// that was registered for itself with the owner and site of the node and never spoke for itself, else one that is registered now.
/// The device remembers its node, so that no other takes it.
/// </summary>
internal sealed class DeviceDirectory(
    SparkplugOptions options,
    IGrains grains,
    IDeviceQueries devices,
    DefaultModel models,
    TimeProvider time,
    ILogger<DeviceDirectory> logger
)
{
    /// <summary>The device of ours; null when there is none.</summary>
    public async ValueTask<EntityId?> FindAsync(string nodeId, string name, CancellationToken cancellationToken)
    {
        EdgeAttachment edge = new(nodeId, name);
        foreach (string id in DeviceIds.Below(nodeId, name))
            if (await TryAttachAsync(id, new AttachToEdge(edge, Adopter: null), cancellationToken))
                return EntityId.Device(id);
        bool isCandidate = Identifier.IsValid(name) && name != nodeId;
        if (!isCandidate || await devices.FindAsync(nodeId, cancellationToken) is not { } node)
            return null;
        return await TryAttachAsync(name, new AttachToEdge(edge, node), cancellationToken) ? EntityId.Device(name) : null;
    }

    /// <summary>The device of ours, which is registered when there is none; null when it must not be.</summary>
    /// <param name="model">The model that its birth names, if it names one.</param>
    /// <param name="bare">Its model otherwise.</param>
    public async ValueTask<EntityId?> FindOrRegisterAsync(
        string nodeId,
        string name,
        string? model,
        BareModel bare,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(nodeId, name, cancellationToken) is { } known)
            return known;
        if (!options.AutoRegister || await devices.FindAsync(nodeId, cancellationToken) is not { } node)
            return null;
        if (await CountBehindAsync(nodeId, cancellationToken) >= options.Nodes.MaximumDevices)
            return null;
        RegisterDevice register = new(
            await models.ChooseAsync(model, bare, cancellationToken),
            node.CustomerId,
            node.SiteId,
            name,
            ExpectedVersion: 0,
            SignsIn: false
        );
        foreach (string id in DeviceIds.Below(nodeId, name))
        {
            Reply<DeviceRegistered> registered = await AskAsync(() => grains.Device(id).RegisterAsync(register), cancellationToken);
            if (
                registered.Rejection is not null
                || !await TryAttachAsync(id, new AttachToEdge(new EdgeAttachment(nodeId, name), Adopter: null), cancellationToken)
            )
                continue;
            Log.DeviceRegistered(logger, name, nodeId, id);
            return EntityId.Device(id);
        }
        return null;
    }

    /// <summary>Makes known that the device is a node itself: then it takes the commands of one.</summary>
    public async ValueTask MarkNodeAsync(string nodeId, CancellationToken cancellationToken) =>
        await TryAttachAsync(nodeId, new AttachToEdge(new EdgeAttachment(nodeId, Device: null), Adopter: null), cancellationToken);

    /// <summary>Commands that were sent to a device and have not come to an end, oldest first.</summary>
    public async ValueTask<IEnumerable<DeviceCommand>> SentAsync(EntityId device, CancellationToken cancellationToken)
    {
        Page<DeviceCommand> newest = await devices.CommandsAsync(device.Key, new PageRequest(null), cancellationToken);
        return newest.Items.Where(command => command.Status is CommandStatus.Sent or CommandStatus.Delivered).Reverse();
    }

    // Over all its connections: a node that invents devices cannot fill the disk with them.
    private async ValueTask<int> CountBehindAsync(string nodeId, CancellationToken cancellationToken)
    {
        string prefix = nodeId + ":";
        int count = 0;
        PageRequest? next = new PageRequest(null, PageRequest.MaximumLimit);
        while (next is { } page)
        {
            Page<DeviceRegistration> found = await devices.ListAsync(new DeviceFilter(Text: prefix), page, cancellationToken);
            count += found.Items.Count(device => device.Id.StartsWith(prefix, StringComparison.Ordinal));
            next = found.Next is { } cursor ? page with { Cursor = cursor } : null;
        }
        return count;
    }

    private async ValueTask<bool> TryAttachAsync(string id, AttachToEdge request, CancellationToken cancellationToken) =>
        (await AskAsync(() => grains.Device(id).AttachAsync(request), cancellationToken)).Rejection is null;

    private ValueTask<Reply<T>> AskAsync<T>(Func<Task<Reply<T>>> ask, CancellationToken cancellationToken) =>
        time.TryUntilStoredAsync(ask, cancellationToken);
}
