using OmniIoT.Commit.Live;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Turns;

/// <summary>What entities know and tell beyond their own state.</summary>
/// <param name="Hub">Who watches twins.</param>
internal sealed record EntityOutlook(EntityReaders Readers, CatalogKeeper Catalogs, SecretSealer Sealer, LiveHub Hub);
