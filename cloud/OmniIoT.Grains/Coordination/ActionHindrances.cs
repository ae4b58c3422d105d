using OmniIoT.Devices.Models;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Coordination;

/// <summary>What stands against actions on cases and devices, before the first of them is done.</summary>
public sealed class ActionHindrances(IDeviceQueries devices, CatalogKeeper catalog)
{
    /// <summary>Why what follows would be refused, as far as can be told before; null: nothing.</summary>
    public async Task<Rejection?> FindAsync(
        IReadOnlyList<DeskAction> rest,
        string? deviceId,
        Case? about,
        CancellationToken cancellationToken
    )
    {
        foreach (DeskAction action in rest)
        {
            if (action.Set?.Status is { } status && about?.MayBecome(status) is false)
                return CaseTransitions.IllegalMove(about.Status, status);
            if (action.Resolve is not null && about?.IsUnresolved is false)
                return Rejection.Conflict("CaseAlreadyResolved", $"Case {about.Number} is resolved already.");
            if (action.Command is { } command && await FindAsync(command, deviceId, cancellationToken) is { } hindrance)
                return hindrance;
        }
        return null;
    }

    private async Task<Rejection?> FindAsync(CommandOrder command, string? deviceId, CancellationToken cancellationToken)
    {
        if (deviceId is null || await devices.FindAsync(deviceId, cancellationToken) is not { } device)
            return Rejection.Conflict("NoDevice", "There is no device that could take a command.");
        DeviceModel? model = catalog.Current.Models.GetValueOrDefault(device.Model);
        return model?.Commands.ContainsKey(command.Name) is true || EdgeCommands.All.Contains(command.Name)
            ? null
            : Rejection.Invalid("UnknownCommand", $"The model '{device.Model}' has no command '{command.Name}'.");
    }
}
