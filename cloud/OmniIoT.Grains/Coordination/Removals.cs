using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Customers;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Coordination;

/// <summary>What ends a device or a customer touches more than one grain or store; here is the order.</summary>
public sealed class Removals(
    IGrains grains,
    IDownlinkPublisher publisher,
    TelemetryRemoval telemetry,
    IDeviceQueries devices,
    ICustomerQueries customers,
    IGrainStore states,
    ICatalog catalog
)
{
    public async Task<Reply<bool>> RemoveDeviceAsync(string deviceId, int? expectedVersion, CancellationToken cancellationToken)
    {
        Reply<bool> reply = await grains.Device(deviceId).RemoveAsync(new RemoveDevice(expectedVersion));
        if (reply.Rejection is not null)
            return reply;
        await publisher.DisconnectAsync(EntityId.Device(deviceId), "the device was removed");
        await telemetry.DeleteDeviceAsync(deviceId, cancellationToken);
        return reply;
    }

    /// <summary>Gives a new secret or token and ends the connections that the old one opened.</summary>
    public async Task<Reply<string>> RotateAsync(EntityId principal)
    {
        Reply<string> reply =
            principal.Kind is EntityKind.Device
                ? await grains.Device(principal.Key).RotateSecretAsync()
                : await grains.Customer(principal.Key).RotateTokenAsync();
        if (reply.Rejection is null)
            await publisher.DisconnectAsync(principal, "its credentials were replaced");
        return reply;
    }

    /// <summary>Ends a certificate, and the device's connections: which of them were opened with it is not known here.</summary>
    public async Task<Reply<bool>> RevokeCertificateAsync(string deviceId, string thumbprint)
    {
        Reply<bool> reply = await grains.Device(deviceId).RevokeCertificateAsync(new RevokeCertificate(thumbprint));
        if (reply.Rejection is null)
            await publisher.DisconnectAsync(EntityId.Device(deviceId), "its certificate was revoked");
        return reply;
    }

    /// <summary>
    /// Erases a customer everywhere, with all who were merged with it. Their devices go first, so that nothing new is written
    /// under the old name; the survivor goes last, so that whoever asks again after a crash finds the rest.
    /// </summary>
    public async Task<Reply<bool>> EraseCustomerAsync(string customerId, int? expectedVersion, CancellationToken cancellationToken)
    {
        if (await customers.FindAsync(customerId, cancellationToken) is not { } survivor)
            return Rejection.NotFound("Customer", customerId);
        if (expectedVersion is { } expected && expected != survivor.Version)
            return Rejection.Stale("Customer", expected, survivor.Version);
        // As stored: what another process merged a moment ago may not be in the catalog yet, and who is left out stays for ever.
        Merges merges = Merges.Of(await customers.MergesAsync(cancellationToken));
        IReadOnlyList<string> members = merges.MembersOf(survivor.Id);
        await DisownAsync(survivor, members, cancellationToken);
        Reply<bool> reply = true;
        foreach (string member in members.Reverse())
        {
            reply = await grains.Customer(member).RemoveAsync();
            await publisher.DisconnectAsync(EntityId.Customer(member), "the customer was erased");
        }
        await catalog.RefreshMergesAsync(cancellationToken);
        return reply;
    }

    private async Task DisownAsync(Customer owner, IReadOnlyList<string> members, CancellationToken cancellationToken)
    {
        IEnumerable<Customer> known = (await states.MemoriesAsync(members, cancellationToken)).Select(static memory => memory.Customer);
        IEnumerable<string?> words = known.SelectMany(static one =>
            one.Identities.Select(static identity => identity.Value).Prepend(one.Name)
        );
        DisownDevice request = new([.. words.OfType<string>().Distinct()]);
        Page<DeviceRegistration> owned;
        do
        {
            owned = await devices.ListAsync(
                new DeviceFilter(CustomerId: owner.Id),
                new PageRequest(null, PageRequest.MaximumLimit),
                cancellationToken
            );
            foreach (DeviceRegistration device in owned.Items)
                await grains.Device(device.Id).DisownAsync(request);
        } while (owned.Items.Count > 0);
    }
}
