import { HASTY } from '../../lab/cluster/timing.ts';
import { testOnOneCluster } from '../support/clusters.ts';

testOnOneCluster('cri', HASTY);
