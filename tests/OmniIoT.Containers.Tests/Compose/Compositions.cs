namespace OmniIoT.Containers.Tests.Compose;

/// <summary>One test after the other, and nothing beside them: a composition is many processes.</summary>
[CollectionDefinition(nameof(Compositions), DisableParallelization = true)]
public sealed class Compositions : ICollectionFixture<ClusterComposition>;
