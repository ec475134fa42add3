import { HASTY } from '../../lab/cluster/timing.ts';
import { testOnClusters } from '../support/clusters.ts';

testOnClusters('cri', HASTY);
